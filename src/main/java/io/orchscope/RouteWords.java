package io.orchscope;

import io.orchscope.settings.Mistake;
import io.orchscope.settings.Nearest;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers which names in the routes lead nowhere: ids that stand twice, calls of routes, beans and
 * methods, placeholders and failures that are not there.
 *
 * <p>Camel of 4.18.0 finds some of them when a route is made, and then names the outermost step;
 * others only when a message comes by.
 */
final class RouteWords {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]+)}}");
  private static final Pattern BEAN_CALL =
      Pattern.compile("\\$\\{bean:(\\w+)(?:(?:\\.|::)(\\w+))?");
  private static final Pattern REFERENCE = Pattern.compile("#(?:bean:)?(\\w+)");

  private final List<RouteFile> files;
  private final Map<String, String> placeholders;
  private final Map<String, Object> beans;
  private final Set<String> ownBeans = new HashSet<>();
  private final List<Mistake> mistakes = new ArrayList<>();

  RouteWords(List<RouteFile> files, Map<String, String> placeholders, Map<String, Object> beans) {
    this.files = files;
    this.placeholders = placeholders;
    this.beans = beans;
    for (RouteFile file : files) {
      file.parts().stream()
          .filter(part -> part.kind().equals("beans"))
          .forEach(part -> ownBeans.add(part.text("name")));
    }
  }

  List<Mistake> mistakes() {
    idsStandOnce();
    calledRoutesExist();
    failuresExist();
    for (RouteFile file : files) {
      beansExist(file);
      placeholdersExist(file);
    }
    return mistakes;
  }

  private void idsStandOnce() {
    Map<String, String> places = new HashMap<>();
    Map<String, String> starts = new HashMap<>();
    for (RouteFile file : files) {
      for (RouteFile.Part part : file.parts()) {
        String id = part.kind().equals("parameters") ? "" : part.text("id");
        String here = file.path().getFileName() + ", " + part.place();
        String first = id.isEmpty() ? null : places.putIfAbsent(id, here);
        if (first != null) {
          add(
              file,
              part.place(),
              "the id '" + id + "' stands twice; the other is in " + first,
              "Give one of the two another id; spans, tests and people go by it.");
        }
        String from = part.kind().equals("from") ? target(part) : "";
        String other = from.startsWith("direct:") ? starts.putIfAbsent(from, here) : null;
        if (other != null) {
          add(
              file,
              part.place(),
              "two routes begin with '" + from + "'; the other is in " + other,
              "Give one of the two another name, and call that where it is meant.");
        }
      }
    }
  }

  private void calledRoutesExist() {
    Set<String> offered = new TreeSet<>();
    for (RouteFile file : files) {
      file.parts().stream()
          .filter(part -> part.kind().equals("from"))
          .forEach(part -> offered.add(target(part)));
    }
    for (RouteFile file : files) {
      for (RouteFile.Part call : file.parts()) {
        String target = target(call);
        boolean isInside = target.matches("(direct|seda):[^$]*");
        if (isInside && !call.kind().equals("from") && !offered.contains(target)) {
          add(
              file,
              call.place(),
              "it calls '" + target + "', and no route begins with that",
              settingOf(call.text("uri")) + didYouMean(target, offered, "Routes begin with"));
        }
      }
    }
  }

  /** Part of the name may come from a setting, and be wrong there. */
  private static String settingOf(String uri) {
    Matcher placeholder = PLACEHOLDER.matcher(uri);
    return placeholder.find()
        ? "Correct '" + placeholder.group(1) + "' in config/application.properties. "
        : "";
  }

  private void failuresExist() {
    Set<String> declared = new TreeSet<>();
    for (RouteFile file : files) {
      file.parts().stream()
          .filter(part -> part.kind().equals("routeConfiguration"))
          .forEach(part -> declared.add(part.text("id")));
    }
    for (RouteFile file : files) {
      for (RouteFile.Word word : file.words()) {
        if (word.key().equals("routeConfigurationId") && !declared.contains(word.text())) {
          add(
              file,
              word.place(),
              "there is no routeConfiguration '" + word.text() + "'",
              didYouMean(word.text(), declared, "failures.camel.yaml has"));
        }
      }
    }
  }

  private void beansExist(RouteFile file) {
    for (RouteFile.Part part : file.parts()) {
      String ref = part.text("ref");
      if (Set.of("bean", "process").contains(part.kind()) && !ref.startsWith("#")) {
        beanExists(file, ref, part.text("method").replaceFirst("\\(.*", ""), part.place());
      }
      if (part.kind().equals("ref")) {
        beanExists(file, part.text("expression"), "", part.place());
      }
    }
    for (RouteFile.Word word : file.words()) {
      Matcher call = BEAN_CALL.matcher(word.text());
      while (call.find()) {
        beanExists(file, call.group(1), call.group(2) == null ? "" : call.group(2), word.place());
      }
      Matcher reference = REFERENCE.matcher(word.text());
      if (reference.matches()) {
        beanExists(file, reference.group(1), "", word.place());
      }
    }
  }

  private void beanExists(RouteFile file, String name, String method, String place) {
    Object bean = beans.get(name);
    if (name.isEmpty() || ownBeans.contains(name)) {
      return;
    }
    if (bean == null) {
      add(
          file,
          place,
          "there is no bean '" + name + "'",
          didYouMean(name, beans.keySet(), "Beans (see docs/routes.md)"));
      return;
    }
    Set<String> known = new TreeSet<>();
    Arrays.stream(bean.getClass().getMethods())
        .filter(candidate -> candidate.getDeclaringClass() != Object.class)
        .map(Method::getName)
        .forEach(known::add);
    if (!method.isEmpty() && !known.contains(method)) {
      add(
          file,
          place,
          "bean '" + name + "' has no method '" + method + "'",
          didYouMean(method, known, "It has"));
    }
  }

  private void placeholdersExist(RouteFile file) {
    Set<String> known = new TreeSet<>(placeholders.keySet());
    // A template's own parameters are placeholders inside it.
    file.parts().stream()
        .filter(part -> part.kind().equals("parameters"))
        .forEach(part -> known.add(part.text("name")));
    for (RouteFile.Word word : file.words()) {
      Matcher placeholder = PLACEHOLDER.matcher(word.text());
      while (placeholder.find()) {
        String key = placeholder.group(1).strip();
        // {{key:default}}, {{env:NAME}} and {{?key}} are allowed to be missing.
        if (!key.matches(".*:.*|[?!].*") && !known.contains(key)) {
          add(
              file,
              word.place(),
              "there is no setting '" + key + "' for its placeholder",
              didYouMean(key, known, "Settings"));
        }
      }
    }
  }

  private String target(RouteFile.Part part) {
    return RouteCheck.filled(part.text("uri"), placeholders)
        .replaceFirst("\\?.*", "")
        .replaceFirst("^(direct|seda)://", "$1:");
  }

  private static String didYouMean(String word, Collection<String> known, String heading) {
    return Nearest.to(word, known)
        .map(near -> "Did you mean '" + near + "'?")
        .orElse(heading + ": " + String.join(", ", new TreeSet<>(known)) + ".");
  }

  private void add(RouteFile file, String place, String reason, String remedy) {
    mistakes.add(new Mistake(file.path().toString(), place, reason, remedy));
  }
}
