package org.anfinsen.pipeline.search;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anfinsen.pipeline.job.Predictor;

/**
 * A search that ends when its monitor says so, though it may take an hour and does not ask itself.
 *
 * @param <T> what it gives
 */
public final class WatchedSearch<T> {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final FutureTask<T> task;

    /** @param search throws nothing checked but IOException and InterruptedException */
    public WatchedSearch(Callable<T> search) {
        task = new FutureTask<>(search);
    }

    /** Returns what the search gave, and stops it before anything else leaves here. */
    public T run(Predictor.Monitor monitor) throws IOException {
        Thread thread = Thread.ofPlatform().name("search").daemon().start(task);
        try {
            return await(monitor);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while searching", e);
        } finally {
            stop(thread);
        }
    }

    private T await(Predictor.Monitor monitor) throws IOException, InterruptedException {
        while (true) {
            try {
                return task.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                monitor.check();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException cause) {
                    throw cause;
                }
                if (e.getCause() instanceof Error cause) {
                    throw cause;
                }
                throw new IllegalStateException("a search broke down", e);
            }
        }
    }

    private static void stop(Thread thread) {
        if (!thread.isAlive()) {
            return;
        }
        thread.interrupt();
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(STOP);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
