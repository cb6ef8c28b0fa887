package io.orchscope.cli;

import io.orchscope.console.Users;
import io.orchscope.settings.InvalidFileException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code orchscope users add}: one person more. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = {
      "Adds somebody to the list of users. Asks for the password, or reads it from standard input;",
      "only a hash of it is kept. Name the file in console.users and start anew."
    })
final class UsersAddCommand implements Callable<Integer> {

  private static final int SHORTEST = 12;

  @Parameters(paramLabel = "NAME", description = "Letters, digits and . _ @ -.")
  private String name = "";

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "viewer (the default) sees everything; operator changes things, too.")
  private String role = "viewer";

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "The list; made if it is not there. Default: config/users.yaml.")
  private Path file = Path.of("config", "users.yaml");

  @Spec private CommandSpec spec;

  UsersAddCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    if (!Users.isName(name)) {
      throw wrong("NAME", "'" + name + "' is no name", "Use letters, digits and . _ @ -.");
    }
    if (!role.equals("viewer") && !role.equals("operator")) {
      throw wrong("--role", "'" + role + "' is no role", "Write viewer or operator.");
    }
    boolean isThere = Files.exists(file);
    if (isThere && Users.read(file).knows(name)) {
      throw new InvalidFileException(
          file.toString(),
          "users",
          "'" + name + "' is there already",
          "Remove the entry first, if the password is to be another one.");
    }
    String entry = Users.entry(name, role.equals("operator"), password());
    if (!isThere) {
      create();
    }
    Files.writeString(file, entry, StandardOpenOption.APPEND);
    spec.commandLine().getOut().printf("%s is a %s now, in %s.%n", name, role, file);
    return Exit.OK;
  }

  /** For the eyes of its owner, where the file system knows such a thing. */
  private void create() throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(
        file,
        "# Who may see the operators' page (viewer), and change things there (operator).\nusers:\n");
  }

  /** Without a terminal, Java 17 has no console; later ones have one that reads standard input. */
  @SuppressWarnings("SystemConsoleNull")
  private String password() throws IOException {
    Console console = System.console();
    String typed =
        console == null
            ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                .readLine()
            : new String(console.readPassword("Password for %s: ", name));
    String password = typed == null ? "" : typed;
    if (password.length() < SHORTEST) {
      throw wrong(
          "password",
          "it is shorter than " + SHORTEST + " characters",
          "Several words make a good one.");
    }
    if (password.getBytes(StandardCharsets.UTF_8).length > Users.LONGEST_PASSWORD) {
      throw wrong(
          "password",
          "it is longer than " + Users.LONGEST_PASSWORD + " bytes, which bcrypt would cut",
          "Shorten it.");
    }
    return password;
  }

  private static InvalidFileException wrong(String place, String reason, String remedy) {
    return new InvalidFileException("command line", place, reason, remedy);
  }
}
