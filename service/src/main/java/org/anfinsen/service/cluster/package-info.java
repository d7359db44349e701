/**
 * Workers in other processes, behind RabbitMQ. In: partitions of a benchmark's stages. Out: messages, one a partition, and
 * on the other side the work. Start at {@code RemoteWorkers} and {@code PartitionListener}.
 */
@NullMarked
package org.anfinsen.service.cluster;

import org.jspecify.annotations.NullMarked;
