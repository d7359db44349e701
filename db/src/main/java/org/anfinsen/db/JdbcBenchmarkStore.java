package org.anfinsen.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.anfinsen.pipeline.benchmark.AlignmentFigures;
import org.anfinsen.pipeline.benchmark.Benchmark;
import org.anfinsen.pipeline.benchmark.BenchmarkSettings;
import org.anfinsen.pipeline.benchmark.BenchmarkStore;
import org.anfinsen.pipeline.benchmark.BenchmarkTarget;
import org.anfinsen.pipeline.benchmark.DomainScores;
import org.anfinsen.pipeline.benchmark.NativeDomain;
import org.anfinsen.pipeline.benchmark.NewBenchmark;
import org.anfinsen.pipeline.benchmark.RankedPrediction;
import org.anfinsen.pipeline.benchmark.TargetInput;
import org.anfinsen.pipeline.benchmark.TargetState;
import org.anfinsen.pipeline.job.PredictionStore.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The store of benchmarks in PostgreSQL. */
public final class JdbcBenchmarkStore implements BenchmarkStore {

    private static final String BENCHMARK = """
        select id, owner, name, folder, fingerprint, settings, stop_requested, accepted,
               (select count(*) from benchmark_targets where benchmark = id) as targets
        from benchmarks
        """;
    private static final String TARGET = """
        select name, residues, %s as a3m, state, alignment, %s as contacts, predictions, scores, failed_stage,
               failure
        from benchmark_targets
        """;
    private static final String WHOLE_TARGET = TARGET.formatted("a3m", "contacts");
    private static final String LIGHT_TARGET = TARGET.formatted("null::text", "null::text");

    private final JdbcClient jdbc;
    private final DataSource dataSource;
    private final TransactionTemplate transactions;

    /** @param dataSource a database that {@link Schema#migrate} has brought up to date */
    public JdbcBenchmarkStore(DataSource dataSource) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    @Override
    public Benchmark create(NewBenchmark benchmark, Iterable<TargetInput> targets) {
        UUID id = inTransaction(() -> {
            UUID created = jdbc.sql("""
                insert into benchmarks (owner, name, folder, fingerprint, settings)
                values (cast(:owner as text), :name, cast(:folder as text), :fingerprint, cast(:settings as jsonb))
                returning id
                """)
                    .param("owner", benchmark.owner())
                    .param("name", benchmark.name())
                    .param("folder", benchmark.folder())
                    .param("fingerprint", benchmark.fingerprint())
                    .param("settings", Json.write(benchmark.settings()))
                    .query(UUID.class)
                    .single();
            List<Ranked> ranked = new ArrayList<>();
            for (TargetInput target : targets) {
                // Provisional ranks: the true ones need the costs of all.
                insert(created, target, -1 - ranked.size());
                ranked.add(new Ranked(target.name(), target.cost()));
            }
            ranked.sort(Comparator.comparingDouble(Ranked::cost).reversed().thenComparing(Ranked::name));
            for (int rank = 0; rank < ranked.size(); rank++) {
                jdbc.sql("update benchmark_targets set rank = :rank where benchmark = :id and name = :name")
                        .param("rank", rank)
                        .param("id", created)
                        .param("name", ranked.get(rank).name())
                        .update();
            }
            return created;
        });
        return find(id).orElseThrow();
    }

    private record Ranked(String name, double cost) {}

    private void insert(UUID benchmark, TargetInput target, int rank) {
        boolean good = target.fault() == null;
        jdbc.sql("""
            insert into benchmark_targets
                (benchmark, name, rank, residues, a3m, state, failed_stage, failure)
            values (:benchmark, :name, :rank, :residues, cast(:a3m as text), :state, cast(:stage as text),
                    cast(:fault as text))
            """)
                .param("benchmark", benchmark)
                .param("name", target.name())
                .param("rank", rank)
                .param("residues", target.residues())
                .param("a3m", target.a3m())
                .param("state", (good ? TargetState.ACCEPTED : TargetState.FAILED).spelling())
                .param("stage", good ? null : "reading")
                .param("fault", target.fault())
                .update();
        for (NativeDomain domain : target.natives()) {
            jdbc.sql("insert into benchmark_natives (benchmark, target, name, content) "
                            + "values (:benchmark, :target, :name, :content)")
                    .param("benchmark", benchmark)
                    .param("target", target.name())
                    .param("name", domain.name())
                    .param("content", domain.content())
                    .update();
        }
    }

    @Override
    public Optional<Benchmark> find(UUID id) {
        return inTransaction(() -> jdbc.sql(BENCHMARK + "where id = :id")
                .param("id", id)
                .query((rs, number) -> benchmark(rs))
                .optional());
    }

    @Override
    public Optional<Benchmark> findByFolder(String folder) {
        return inTransaction(() -> jdbc.sql(BENCHMARK + "where folder = :folder")
                .param("folder", folder)
                .query((rs, number) -> benchmark(rs))
                .optional());
    }

    @Override
    public List<Benchmark> list(@Nullable String owner, int offset, int limit) {
        String whose = owner == null ? "" : "where owner = :owner ";
        return inTransaction(
                () -> jdbc.sql(BENCHMARK + whose + "order by accepted desc, id desc offset :offset limit :limit")
                        .param("owner", owner)
                        .param("offset", offset)
                        .param("limit", limit)
                        .query((rs, number) -> benchmark(rs))
                        .list());
    }

    private static Benchmark benchmark(ResultSet rs) throws SQLException {
        return new Benchmark(
                rs.getObject("id", UUID.class),
                rs.getString("owner"),
                rs.getString("name"),
                rs.getString("folder"),
                rs.getString("fingerprint"),
                Json.read(rs.getString("settings"), BenchmarkSettings.class),
                rs.getBoolean("stop_requested"),
                rs.getInt("targets"),
                rs.getObject("accepted", OffsetDateTime.class).toInstant());
    }

    @Override
    public void requestStop(UUID id, boolean stop) {
        inTransaction(() -> jdbc.sql("update benchmarks set stop_requested = :stop where id = :id")
                .param("stop", stop)
                .param("id", id)
                .update());
    }

    @Override
    public boolean isToStop(UUID id) {
        return inTransaction(() -> jdbc.sql("select stop_requested from benchmarks where id = :id")
                .param("id", id)
                .query(Boolean.class)
                .optional()
                .orElse(true));
    }

    @Override
    public boolean remove(UUID id) {
        return inTransaction(() -> jdbc.sql("delete from benchmarks where id = :id")
                        .param("id", id)
                        .update())
                > 0;
    }

    @Override
    public Map<TargetState, Integer> counts(UUID id) {
        Map<TargetState, Integer> counts = new EnumMap<>(TargetState.class);
        for (TargetState state : TargetState.values()) {
            counts.put(state, 0);
        }
        inTransaction(() -> {
            jdbc.sql("select state, count(*) as targets from benchmark_targets where benchmark = :id group by state")
                    .param("id", id)
                    .query(rs -> {
                        counts.put(state(rs), rs.getInt("targets"));
                    });
            return id;
        });
        return counts;
    }

    @Override
    public List<String> names(UUID id) {
        return inTransaction(() -> jdbc.sql("select name from benchmark_targets where benchmark = :id order by rank")
                .param("id", id)
                .query(String.class)
                .list());
    }

    @Override
    public List<BenchmarkTarget> targets(UUID id, @Nullable String afterName, int limit) {
        return inTransaction(
                () -> jdbc.sql(LIGHT_TARGET + "where benchmark = :id and name > :after order by name limit :limit")
                        .param("id", id)
                        .param("after", Objects.requireNonNullElse(afterName, ""))
                        .param("limit", limit)
                        .query((rs, number) -> target(rs))
                        .list());
    }

    @Override
    public Optional<BenchmarkTarget> target(UUID id, String name) {
        return inTransaction(() -> jdbc.sql(WHOLE_TARGET + "where benchmark = :id and name = :name")
                .param("id", id)
                .param("name", name)
                .query((rs, number) -> target(rs))
                .optional());
    }

    @Override
    public Optional<BenchmarkTarget> next(UUID id, int share, int shares, TargetState state) {
        return inTransaction(() -> jdbc.sql(WHOLE_TARGET + """
            where benchmark = :id and state = :state and rank % :shares = :share
            order by rank limit 1
            """)
                .param("id", id)
                .param("state", state.spelling())
                .param("shares", shares)
                .param("share", share)
                .query((rs, number) -> target(rs))
                .optional());
    }

    private static BenchmarkTarget target(ResultSet rs) throws SQLException {
        String alignment = rs.getString("alignment");
        return new BenchmarkTarget(
                rs.getString("name"),
                rs.getString("residues"),
                rs.getString("a3m"),
                state(rs),
                alignment == null ? null : Json.read(alignment, AlignmentFigures.class),
                rs.getString("contacts"),
                Json.readList(rs.getString("predictions"), RankedPrediction.class),
                Json.readList(rs.getString("scores"), DomainScores.class),
                rs.getString("failed_stage"),
                rs.getString("failure"));
    }

    private static TargetState state(ResultSet rs) throws SQLException {
        return TargetState.valueOf(rs.getString("state").toUpperCase(Locale.ROOT));
    }

    @Override
    public List<NativeDomain> natives(UUID id, String target) {
        return inTransaction(() -> jdbc.sql("select name, content from benchmark_natives "
                        + "where benchmark = :id and target = :target order by name")
                .param("id", id)
                .param("target", target)
                .query((rs, number) -> new NativeDomain(rs.getString("name"), rs.getString("content")))
                .list());
    }

    @Override
    public void aligned(UUID id, String target, AlignmentFigures figures, @Nullable String contacts) {
        update(
                id,
                target,
                TargetState.ALIGNED,
                "alignment = cast(:value as jsonb), contacts = cast(:other as text)",
                Json.write(figures),
                contacts);
    }

    @Override
    public void predicted(UUID id, String target, List<RankedPrediction> predictions) {
        update(id, target, TargetState.PREDICTED, "predictions = cast(:value as jsonb)", Json.write(predictions), null);
    }

    @Override
    public void scored(UUID id, String target, List<DomainScores> scores) {
        update(id, target, TargetState.SCORED, "scores = cast(:value as jsonb)", Json.write(scores), null);
    }

    @Override
    public void failed(UUID id, String target, String stage, String message) {
        update(id, target, TargetState.FAILED, "failed_stage = :value, failure = :other", stage, message);
    }

    private void update(
            UUID id, String target, TargetState state, String columns, String value, @Nullable String other) {
        inTransaction(() -> jdbc.sql("update benchmark_targets set state = :state, " + columns
                        + " where benchmark = :id and name = :name and state <> 'failed'")
                .param("state", state.spelling())
                .param("value", value)
                .param("other", other)
                .param("id", id)
                .param("name", target)
                .update());
    }

    @Override
    public Optional<Hold> hold(UUID id) {
        try {
            Connection connection = dataSource.getConnection();
            try {
                if (locked(connection, id)) {
                    return Optional.of(() -> release(connection, id));
                }
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            connection.close();
            return Optional.empty();
        } catch (SQLException e) {
            throw new StoreUnavailableException("the database cannot work now", e);
        }
    }

    /** The lock belongs to the connection and is gone when the process is. */
    private static boolean locked(Connection connection, UUID id) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
            statement.setLong(1, id.getLeastSignificantBits());
            try (ResultSet rs = statement.executeQuery()) {
                return rs.next() && rs.getBoolean(1);
            }
        }
    }

    private static void release(Connection connection, UUID id) {
        try (connection;
                var statement = connection.prepareStatement("select pg_advisory_unlock(?)")) {
            statement.setLong(1, id.getLeastSignificantBits());
            statement.execute();
        } catch (SQLException e) {
            throw new StoreUnavailableException("the database cannot work now", e);
        }
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Outage.watched(() -> Objects.requireNonNull(transactions.execute(status -> work.get())));
    }
}
