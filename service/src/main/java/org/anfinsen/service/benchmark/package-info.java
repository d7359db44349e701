/**
 * Benchmarks as this process runs them: accepting a set of targets, running one benchmark after the other, and where their
 * reports are. In: folders and zips of targets. Out: reports. Start at {@code Benchmarks}.
 */
@NullMarked
package org.anfinsen.service.benchmark;

import org.jspecify.annotations.NullMarked;
