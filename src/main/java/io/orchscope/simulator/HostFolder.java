package io.orchscope.simulator;

import java.util.Optional;
import java.util.stream.Stream;

/** A folder whose files are made up when somebody asks for them. */
interface HostFolder {

  /** The names of what is in it, in an order that stays. */
  Stream<String> names();

  /** What has this name in it. */
  Optional<HostFile> file(String name);
}
