/**
 * Known structures as a starting point: folders of PDB and mmCIF files are indexed once, searched for relatives of a query,
 * and those found become the network's template features. In: a query. Out: {@code TemplateInput}. Start at
 * {@code TemplateFeaturizer}.
 */
@NullMarked
package org.anfinsen.pipeline.template;

import org.jspecify.annotations.NullMarked;
