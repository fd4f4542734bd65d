package io.heliograph.standalone.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.io.FileUtils;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from our dependencies at first use and found again later. The directory's name is the
 * digest of the archive, and it appears by a rename: it is complete and right, or not there.
 */
record PostgresBinaries(Path directory) {
    static synchronized PostgresBinaries unpack(Path cache) throws IOException {
        byte[] archive = archive();
        Path directory = cache.resolve("postgresql-" + digest(archive));
        Files.createDirectories(cache);
        // Another process that uses the same cache would take our draft for one that was left behind.
        try (FileChannel channel = FileChannel.open(cache.resolve("unpacking.lock"), CREATE, WRITE);
                FileLock _ = channel.lock()) {
            if (!Files.isDirectory(directory)) {
                removeOthers(cache);
                Path draft = Files.createTempDirectory(cache, "unpacking-");
                unpack(archive, draft);
                // Other users may have to read it: see PostgresUser.
                boolean _ = draft.toFile().setReadable(true, false)
                        && draft.toFile().setExecutable(true, false);
                Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return new PostgresBinaries(directory);
    }

    String program(String name) {
        return directory.resolve("bin").resolve(name).toString();
    }

    private static byte[] archive() throws IOException {
        String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
        String machine = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        try (InputStream in = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine)) {
            return in.readAllBytes();
        } catch (IllegalStateException e) {
            throw new CannotStartException(
                    "There is no embedded PostgreSQL for " + system + " on " + machine
                            + " in this build. Build with -Dpostgresql.platform=..., or run the processes"
                            + " one by one against a PostgreSQL of your own: ./heliograph help",
                    e);
        }
    }

    private static void unpack(byte[] archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("The archive has a path that leads outside: " + entry.getName());
                }
                unpack(entry, tar, path);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, path);
            // Programs, and the libraries that some systems want executable: what the archive says.
            boolean _ = path.toFile().setExecutable((entry.getMode() & 0111) != 0, false);
        }
    }

    /** Of another version, or half unpacked by a process that was killed. */
    private static void removeOthers(Path cache) throws IOException {
        try (Stream<Path> entries = Files.list(cache)) {
            for (Path entry : entries.filter(PostgresBinaries::isOurs).toList()) {
                FileUtils.deleteDirectory(entry.toFile());
            }
        }
    }

    private static boolean isOurs(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith("unpacking-") || name.matches("postgresql-[0-9a-f]{16}");
    }

    private static String digest(byte[] archive) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
