/**
 * Settings, one record a topic, each with a limit on everything it sizes. In: Spring's configuration. Out: values that
 * have been checked. Start at {@code LimitSettings}.
 */
@NullMarked
package org.anfinsen.service.settings;

import org.jspecify.annotations.NullMarked;
