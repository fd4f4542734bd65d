package io.heliograph.standalone.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/**
 * The directory that holds everything which outlives the process. One process at a time owns it, by a lock that the
 * operating system takes back however the process ends.
 */
public final class DataDirectory implements AutoCloseable {
    /** Where a person runs it. */
    public static final Path DEFAULT = Path.of(".heliograph");

    /** The name of the secret that is the first account's key. */
    public static final String API_KEY = "api-key";

    /** The name of the file that says where the gateway of this directory answers, while it does. */
    public static final String URL = "url";

    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** Makes the directory when there is none. Throws {@link CannotStartException} when another process owns it. */
    public static DataDirectory open(Path wanted) {
        try {
            Files.createDirectories(wanted);
            // Without links, because PostgreSQL is recognised by the path that it was started with.
            Path path = wanted.toRealPath();
            return new DataDirectory(path, lock(path));
        } catch (AccessDeniedException e) {
            throw new CannotStartException("No permission for " + e.getFile() + ". It was perhaps made by another user;"
                    + " give it to yourself (chown), or choose another directory with --data DIR.");
        } catch (FileSystemException e) {
            throw new CannotStartException("Cannot use " + wanted.toAbsolutePath() + " for data: " + reason(e)
                    + ". Choose another directory with --data DIR.");
        } catch (IOException e) {
            throw new CannotStartException("Cannot use " + wanted.toAbsolutePath() + " for data: " + e.getMessage(), e);
        }
    }

    public Path path() {
        return path;
    }

    /** The secret that is kept under this name, made at first use and then the same for ever. Only its owner may read it. */
    public String secret(String name, Supplier<String> make) throws IOException {
        Path file = path.resolve(name);
        if (!Files.exists(file)) {
            write(name, make.get());
        }
        return Files.readString(file).trim();
    }

    /** Keeps where the gateway answers, so that commands on this machine find it without being told. */
    public void keepUrl(String url) throws IOException {
        write(URL, url);
    }

    /** It answers no more. */
    public void forgetUrl() throws IOException {
        Files.deleteIfExists(path.resolve(URL));
    }

    /** Written aside and renamed, so that a crash leaves no half of it. */
    private void write(String name, String text) throws IOException {
        Path draft = path.resolve(name + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, text + "\n", StandardOpenOption.SYNC);
        Files.move(draft, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Lets another process have the directory. */
    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        // Whose it is stands in another file: POSIX takes a lock away when its process closes any other channel to the
        // same file, so nothing else may ever open it.
        Path owner = path.resolve("process");
        if (!tryLock(channel)) {
            throw new CannotStartException("Heliograph is already running on " + path + " (process "
                    + Files.readString(owner).trim()
                    + "). Stop it first, or give this one a directory of its own with --data DIR.");
        }
        Files.writeString(owner, ProcessHandle.current().pid() + "\n");
        return channel;
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    private static String reason(FileSystemException e) {
        return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
    }
}
