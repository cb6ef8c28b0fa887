package io.orchscope.evidence;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the folders of logs are, in both layouts. */
final class LogPlaces {

  private static final Pattern DAY = Pattern.compile("\\d\\d_\\d\\d_\\d\\d-.+");
  private static final DateTimeFormatter DAY_WORD =
      DateTimeFormatter.ofPattern("MM_dd_uu", Locale.ROOT);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd_HH-mm-ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Folders of one name and day whose numbers have been pruned in between. */
  private static final int LONGEST_GAP = 8;

  private final Path root;

  LogPlaces(Path root) {
    this.root = root;
  }

  /** The folder that an attempt has, or would get. */
  Path of(LogSubject subject, LogForm form, Instant now) throws IOException {
    if (form.layout() == LogLayout.OWN) {
      return Place.parse(subject.evidence()).orElseThrow().under(root);
    }
    String logs = LogName.of(productLogs(subject.productType()));
    String name = legacyName(subject);
    for (Path day : days(logs)) {
      int gap = 0;
      for (int number = 1; gap < LONGEST_GAP; number++) {
        Path folder = numbered(day, name, number);
        if (LogManifest.read(folder).filter(it -> isOf(it, subject)).isPresent()) {
          return folder;
        }
        gap = Disk.exists(folder) ? 0 : gap + 1;
      }
    }
    Path today = root.resolve(DAY_WORD.format(LocalDate.ofInstant(now, form.days())) + "-" + logs);
    int number = 1;
    while (Disk.exists(numbered(today, name, number)) && !isUnused(numbered(today, name, number))) {
      number++;
    }
    return numbered(today, name, number);
  }

  /** Whether a folder of logs is about an attempt. */
  static boolean isOf(LogManifest manifest, LogSubject subject) {
    return manifest.subject().evidence().equals(subject.evidence());
  }

  /** Whether somebody has made it, and not yet, or never, said whose it is. */
  static boolean isUnused(Path folder) throws IOException {
    if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
      return false;
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.allMatch(child -> child.endsWith(LogStates.FOLDER));
    }
  }

  /** {@code service_mapper} is {@code Service_Mapper_Logs}. */
  private static String productLogs(String type) {
    return Arrays.stream(type.split("_", -1))
            .map(word -> word.isEmpty() ? "" : capital(word))
            .collect(Collectors.joining("_"))
        + "_Logs";
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static String legacyName(LogSubject subject) {
    return LogName.of(subject.circuit() + "_" + SECONDS.format(subject.createdAt()));
  }

  private static Path numbered(Path day, String name, int number) {
    return day.resolve(number == 1 ? name : name + "-" + number);
  }

  private List<Path> days(String logs) throws IOException {
    return folders(root).stream()
        .filter(day -> DAY.matcher(name(day)).matches() && name(day).substring(9).equals(logs))
        .toList();
  }

  /** All folders that may hold logs, of both layouts. */
  List<Path> all() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path first : folders(root)) {
      for (Path second : folders(first)) {
        if (isDay(first)) {
          found.add(second);
        } else {
          found.addAll(folders(second));
        }
      }
    }
    return found;
  }

  /** Those that may hold logs of a circuit. */
  List<Path> of(String circuit) throws IOException {
    String legacy = LogName.of(circuit + "_").replaceFirst("^~.*", "~");
    List<Path> found = new ArrayList<>();
    for (Path first : folders(root)) {
      if (isDay(first)) {
        folders(first).stream()
            .filter(folder -> name(folder).startsWith(legacy) || name(folder).startsWith("~"))
            .forEach(found::add);
      } else {
        found.addAll(folders(first.resolve(SafeName.of(circuit))));
      }
    }
    return found;
  }

  /** Whether we have made it: the old collector may have made others beside. */
  static boolean isOurs(Path folder) {
    return !isDay(folder.resolve("..").normalize())
        || Disk.exists(folder.resolve(LogManifest.FILE))
        || Disk.exists(folder.resolve(LogStates.FOLDER));
  }

  /** Whether it is a day's folder of the old layout. */
  private static boolean isDay(Path first) {
    return DAY.matcher(name(first)).matches();
  }

  /** A folder's path below the root, with {@code /}. */
  String nameOf(Path folder) {
    return root.relativize(folder).toString().replace('\\', '/');
  }

  /** The folder of such a path; none when it leads anywhere else. */
  Optional<Path> folder(String name) {
    boolean isHarmless =
        Arrays.stream(name.split("/", -1))
            .allMatch(segment -> segment.matches("[A-Za-z0-9_~%+-][A-Za-z0-9_~%+.-]*"));
    return isHarmless && ArtifactFile.isFolder(root, name)
        ? Optional.of(root.resolve(name))
        : Optional.empty();
  }

  /** Folders in a folder, without links and without those whose name begins with a dot. */
  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> Files.isDirectory(child, NOFOLLOW_LINKS))
          .filter(child -> !name(child).startsWith("."))
          .sorted(Comparator.comparing(LogPlaces::name))
          .toList();
    } catch (NoSuchFileException | NotDirectoryException gone) {
      return List.of();
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
