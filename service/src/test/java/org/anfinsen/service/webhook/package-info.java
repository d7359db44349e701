/** Tests of messages to addresses of the callers' choice. */
@NullMarked
package org.anfinsen.service.webhook;

import org.jspecify.annotations.NullMarked;
