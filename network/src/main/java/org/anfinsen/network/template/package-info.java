/**
 * Templates: known structures of related proteins, brought into the pair representation and, by their torsion angles,
 * into the MSA. Only networks whose parameters have the template arrays use this. Start at
 * {@link org.anfinsen.network.template.TemplateEmbedder}.
 */
@NullMarked
package org.anfinsen.network.template;

import org.jspecify.annotations.NullMarked;
