package io.orchscope.evidence;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** The files that a manifest names, and no others, whoever wrote the manifest. */
final class ArtifactFile {

  private static final int BUFFER = 64 * 1024;
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_~%+.-]{1,200}");

  /** The file of a name below a folder; none when a link or anything else is on the way. */
  static Optional<Path> find(Path folder, String name) {
    int slash = name.lastIndexOf('/');
    boolean isFile =
        (slash < 0 || isFolder(folder, name.substring(0, slash)))
            && isHarmless(name.substring(slash + 1))
            && Files.isRegularFile(folder.resolve(name), NOFOLLOW_LINKS);
    return isFile ? Optional.of(folder.resolve(name)) : Optional.empty();
  }

  /** Whether a name leads to a folder below another, over folders alone. */
  static boolean isFolder(Path folder, String name) {
    Path path = folder;
    for (String segment : List.of(name.split("/", -1))) {
      if (!isHarmless(segment)) {
        return false;
      }
      path = path.resolve(segment);
      if (!Files.isDirectory(path, NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a name can only lead to something below the folder. */
  static boolean isName(String name) {
    return List.of(name.split("/", -1)).stream().allMatch(ArtifactFile::isHarmless);
  }

  private static boolean isHarmless(String segment) {
    return SEGMENT.matcher(segment).matches() && !segment.equals(".") && !segment.equals("..");
  }

  /**
   * The text of an artifact, uncompressed, or its beginning.
   *
   * <p>Errors: {@link IOException}, also when it is not there.
   */
  static InputStream open(Path folder, LogManifest.Artifact artifact, long most)
      throws IOException {
    String name = artifact.part().orElse(artifact.name());
    Path file = find(folder, name).orElseThrow(() -> new NoSuchFileException(name));
    InputStream in = Files.newInputStream(file, NOFOLLOW_LINKS);
    try {
      // A part may be longer than what counts of it.
      InputStream stored = new LimitedStream(in, artifact.bytes());
      return new LimitedStream(
          artifact.compressed() ? new GZIPInputStream(stored, BUFFER) : stored, most);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** Whether the file, and its copy if it has one, is byte for byte what was kept. */
  static boolean fits(Path folder, String name, LogManifest.Artifact artifact) throws IOException {
    Optional<Path> file = find(folder, name);
    return file.isPresent()
        && Files.size(file.get()) == artifact.bytes()
        && Sha256.hex(file.get()).equals(artifact.sha256());
  }

  private ArtifactFile() {}
}
