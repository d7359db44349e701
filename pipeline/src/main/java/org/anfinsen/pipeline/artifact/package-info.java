/**
 * The files of a finished prediction, in the field's own formats. In: {@code FoldedChain} and the alignment. Out: a list of
 * {@code Artifact}. Start at {@code ArtifactWriter}.
 */
@NullMarked
package org.anfinsen.pipeline.artifact;

import org.jspecify.annotations.NullMarked;
