package io.heliograph.standalone.embedded;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * As whom PostgreSQL runs, since it refuses to run as root: as ourselves when we are not root; as root in a user
 * namespace, where it does not look like root; and where those are forbidden (in most containers), as nobody.
 */
enum PostgresUser {
    OURSELVES,
    ROOT_IN_DISGUISE,
    NOBODY;

    private static final int NOBODY_ID = 65_534;

    static PostgresUser ofThisProcess() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return OURSELVES;
        }
        return LinuxUtils.isUnshareAvailable() ? ROOT_IN_DISGUISE : NOBODY;
    }

    List<String> commandPrefix() {
        return switch (this) {
            case OURSELVES -> List.of();
            case ROOT_IN_DISGUISE -> List.of("unshare", "-U");
            case NOBODY -> List.of("setpriv", "--reuid=" + NOBODY_ID, "--regid=" + NOBODY_ID, "--clear-groups");
        };
    }

    /** Makes the tree belong to this user, where it is another's; only root can do that, and only root has to. */
    void own(Path tree) throws IOException {
        if (this == OURSELVES || id().equals(owner(tree))) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.toList()) {
                Files.setAttribute(path, "unix:uid", id(), LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", id(), LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private Integer id() {
        return this == NOBODY ? NOBODY_ID : 0;
    }

    private static Object owner(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }
}
