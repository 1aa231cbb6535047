import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/**
 * Runs one Neo4j Community server on a free loopback port, for tests: {@code java Launcher HOME PAGES}, with so many megabytes for pages.
 *
 * <p>The first line of standard input is the password of user {@code neo4j}. Prints {@code READY PORT} once it answers, and
 * ends at once when standard input ends: a test process that dies, however it dies, leaves no server behind.
 */
public final class Launcher {
    public static void main(String[] args) throws IOException {
        var input = new BufferedReader(new InputStreamReader(System.in));
        var password = input.readLine();
        var watch = new Thread(() -> endWith(input));
        watch.setDaemon(true);
        watch.start();
        try {
            var server = build(Path.of(args[0]), Long.parseLong(args[1]) << 20);
            server.database("system").executeTransactionally(
                    "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED", Map.of("password", password));
            server.database("neo4j").executeTransactionally("RETURN 1");
            System.out.println("READY " + boltPort(server));
        } catch (RuntimeException failure) {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static DatabaseManagementService build(Path home, long pages) {
        return new DatabaseManagementServiceBuilder(home)
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", 0))
                .setConfig(GraphDatabaseSettings.auth_enabled, true)
                .setConfig(GraphDatabaseSettings.auth_lock_time, Duration.ZERO)
                .setConfig(GraphDatabaseSettings.pagecache_memory, pages)
                .setConfig(GraphDatabaseSettings.preallocate_logical_logs, false)
                .setConfig(GraphDatabaseSettings.udc_enabled, false)
                .build();
    }

    private static int boltPort(DatabaseManagementService server) {
        return ((GraphDatabaseAPI) server.database("neo4j"))
                .getDependencyResolver()
                .resolveDependency(ConnectorPortRegister.class)
                .getLocalAddress(ConnectorType.BOLT)
                .getPort();
    }

    private static void endWith(BufferedReader input) {
        try {
            while (input.readLine() != null) {}
        } catch (IOException closed) {
            // as good as its end
        }
        Runtime.getRuntime().halt(0); // its directory is thrown away: a tidy shutdown would only take 10 s
    }
}
