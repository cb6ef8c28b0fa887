package io.orchscope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/routes.md} names what there is. */
class RoutesPageTest {

  private static final Path PAGE = Path.of("docs/routes.md");

  @Test
  void namesEveryBeanThatARouteMayCall() throws IOException {
    String page = Files.readString(PAGE);
    Set<String> beans;
    Folders folders = Folders.here();
    try (Assembly trial =
        Assembly.trial(
            folders,
            Configuration.read(folders.config(), Map.of(), Map.of()),
            RouteSources.read(folders.routes()))) {
      beans = trial.beans().keySet();
    }

    assertThat(beans).isNotEmpty().filteredOn(bean -> !page.contains("`" + bean + "`")).isEmpty();
  }

  @Test
  void namesEveryMethodThatTheRoutesShippedCall() throws IOException {
    String page = Files.readString(PAGE);

    assertThat(methodsCalled())
        .hasSizeGreaterThan(20)
        .filteredOn(
            method -> !page.contains("`" + method + "`") && !page.contains("`" + method + "("))
        .isEmpty();
  }

  @Test
  void namesEveryRouteShipped() throws IOException {
    String page = Files.readString(PAGE);

    assertThat(routeFiles())
        .isNotEmpty()
        .extracting(file -> String.valueOf(file.getFileName()).replace(".camel.yaml", ""))
        .filteredOn(route -> !page.contains(route))
        .isEmpty();
  }

  private static Set<String> methodsCalled() throws IOException {
    Pattern call = Pattern.compile("method: \"?(\\w+)|\\$\\{bean:\\w+\\.(\\w+)");
    Set<String> methods = new TreeSet<>();
    for (Path file : routeFiles()) {
      Matcher matcher = call.matcher(Files.readString(file));
      while (matcher.find()) {
        methods.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
      }
    }
    return methods;
  }

  private static List<Path> routeFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("routes"))) {
      return files.filter(file -> file.toString().endsWith(".camel.yaml")).toList();
    }
  }
}
