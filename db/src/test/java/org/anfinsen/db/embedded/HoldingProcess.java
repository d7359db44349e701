package org.anfinsen.db.embedded;

import java.nio.file.Path;
import java.sql.SQLException;

/** A process of its own that holds a server until it is ended or killed. */
final class HoldingProcess {

    static final String READY = "ready";

    private HoldingProcess() {}

    public static void main(String[] arguments) throws SQLException, InterruptedException {
        EmbeddedPostgres server = EmbeddedPostgres.start(Path.of(arguments[0]), EmbeddedPostgres.Settings.DEFAULT);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        EmbeddedPostgresIT.execute(server, "insert into kept values (43)");
        System.out.println(READY);
        Thread.currentThread().join();
    }
}
