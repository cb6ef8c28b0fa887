package io.orchscope.simulator;

import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a simulated host says of a file besides its content. */
record HostAttributes(HostFile file) implements PosixFileAttributes {

  /** Its text is its name, which is what goes over the wire. */
  private record Owner(String name) implements GroupPrincipal {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final GroupPrincipal OWNER = new Owner("bp2");

  /** The same by the names that Java gives them. */
  Map<String, Object> byName() {
    Map<String, Object> names = new TreeMap<>();
    names.put("size", size());
    names.put("lastModifiedTime", lastModifiedTime());
    names.put("lastAccessTime", lastAccessTime());
    names.put("creationTime", creationTime());
    names.put("isRegularFile", isRegularFile());
    names.put("isDirectory", isDirectory());
    names.put("isSymbolicLink", isSymbolicLink());
    names.put("isOther", isOther());
    names.put("owner", owner());
    names.put("group", group());
    names.put("permissions", permissions());
    return names;
  }

  @Override
  public UserPrincipal owner() {
    return OWNER;
  }

  @Override
  public GroupPrincipal group() {
    return OWNER;
  }

  @Override
  public Set<PosixFilePermission> permissions() {
    return PosixFilePermissions.fromString(
        !file.readable()
            ? "-".repeat(9)
            : switch (file.kind()) {
              case FOLDER -> "rwxr-xr-x";
              case FILE -> "rw-r--r--";
              case LINK -> "rwxrwxrwx";
            });
  }

  @Override
  public FileTime lastModifiedTime() {
    return FileTime.from(file.modified());
  }

  @Override
  public FileTime lastAccessTime() {
    return lastModifiedTime();
  }

  @Override
  public FileTime creationTime() {
    return lastModifiedTime();
  }

  @Override
  public boolean isRegularFile() {
    return file.kind() == HostFile.Kind.FILE;
  }

  @Override
  public boolean isDirectory() {
    return file.kind() == HostFile.Kind.FOLDER;
  }

  @Override
  public boolean isSymbolicLink() {
    return file.kind() == HostFile.Kind.LINK;
  }

  @Override
  public boolean isOther() {
    return false;
  }

  @Override
  public long size() {
    return file.size();
  }

  @Override
  public Object fileKey() {
    return file;
  }
}
