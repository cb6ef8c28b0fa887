package io.orchscope.hostlog;

import io.orchscope.hostlog.LogGap.Reason;
import io.orchscope.hostlog.SftpChannel.Question;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;

/**
 * The files of a host over SFTP. Nothing is ever executed there; a path is only ever made of
 * folders that the operator named and of names that the host listed.
 *
 * <p>Links to folders are followed. A link to a file is followed when it names one of the same
 * folder: who may write a log must not be able to have any other file of the host read.
 */
final class SftpFiles implements HostFiles {

  private final SshConnection connection;
  private final HostCounters counters;

  SftpFiles(SshConnection connection, HostCounters counters) {
    this.connection = connection;
    this.counters = counters;
  }

  @Override
  public List<HostFile> list(String folder, LogBudget budget) throws IOException {
    String path = folder.isEmpty() ? "/" : folder;
    Given<CloseableHandle> opened = askAny(path, client -> client.openDir(path));
    NewestFiles files = new NewestFiles();
    try {
      AtomicReference<Boolean> isEnd = new AtomicReference<>(false);
      while (!Boolean.TRUE.equals(isEnd.get())) {
        budget.requireTime();
        List<DirEntry> some =
            ask(opened.by(), path, client -> read(client, opened.answer(), isEnd));
        for (DirEntry entry : some) {
          look(opened.by(), folder, entry).ifPresent(files::add);
        }
      }
    } finally {
      closeQuietly(opened, path);
    }
    return files.list();
  }

  @Override
  public HostFile stat(HostFile file) throws IOException {
    Attributes now = askAny(file.path(), client -> client.stat(file.path())).answer();
    if (!now.isRegularFile()) {
      throw new HostFault(Reason.NOT_READABLE, file.path() + " is no regular file");
    }
    return regular(file.folder(), file.name(), now);
  }

  @Override
  public OpenFile open(HostFile file) throws IOException {
    String path = file.path();
    return new SftpFile(path, askAny(path, client -> client.open(path, OpenMode.Read)));
  }

  @Override
  public void close() {
    connection.close();
  }

  /**
   * Asks on any channel. A connection that nobody used for a while may be gone without a word: then
   * once more on a new one.
   */
  private <T> Given<T> askAny(String what, Question<T> question) throws HostFault {
    SftpChannel channel = connection.channel();
    boolean isFresh = channel.isFresh();
    try {
      return new Given<>(channel, ask(channel, what, question));
    } catch (HostFault e) {
      if (e.reason() != Reason.BROKE_OFF || isFresh) {
        throw e;
      }
    }
    SftpChannel another = connection.channel();
    return new Given<>(another, ask(another, what, question));
  }

  private <T> T ask(SftpChannel channel, String what, Question<T> question) throws HostFault {
    try {
      return channel.ask(what, question);
    } catch (HostFault e) {
      connection.failed(e);
      throw e;
    }
  }

  /** The next entries of a folder; the library has null for none, and null for perhaps more. */
  private static List<DirEntry> read(
      SftpClient client, CloseableHandle folder, AtomicReference<Boolean> isEnd)
      throws IOException {
    List<DirEntry> some = client.readDir(folder, isEnd);
    if (some == null) {
      isEnd.set(true);
      return List.of();
    }
    return some;
  }

  private Optional<HostFile> look(SftpChannel channel, String folder, DirEntry entry)
      throws HostFault {
    String name = entry.getFilename();
    if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
      return Optional.empty();
    }
    Attributes listed = entry.getAttributes();
    return listed.isSymbolicLink()
        ? target(channel, folder, name).flatMap(it -> look(folder, name, it))
        : look(folder, name, listed);
  }

  private static Optional<HostFile> look(String folder, String name, Attributes now) {
    if (now.isDirectory()) {
      return Optional.of(HostFile.folder(folder, name));
    }
    return now.isRegularFile() ? Optional.of(regular(folder, name, now)) : Optional.empty();
  }

  private Optional<Attributes> target(SftpChannel channel, String folder, String name)
      throws HostFault {
    String link = folder + "/" + name;
    try {
      Attributes target = ask(channel, link, client -> client.stat(link));
      if (target.isDirectory()) {
        return Optional.of(target);
      }
      // Not by its canonical path: not every server resolves links in it.
      String near = ask(channel, link, client -> client.readLink(link));
      return near.indexOf('/') < 0
          ? Optional.of(ask(channel, link, client -> client.lstat(folder + "/" + near)))
          : Optional.empty();
    } catch (HostFault e) {
      if (e.endsTheSearch()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static HostFile regular(String folder, String name, Attributes now) {
    FileTime modified = now.getModifyTime();
    return HostFile.regular(
        folder, name, now.getSize(), modified == null ? Long.MAX_VALUE : modified.toMillis());
  }

  private static void closeQuietly(Given<CloseableHandle> opened, String path) {
    if (!opened.by().isOpen()) {
      return;
    }
    try {
      opened
          .by()
          .ask(
              path,
              client -> {
                client.close(opened.answer());
                return true;
              });
    } catch (HostFault e) {
      // It is closed with its channel.
      opened.by().close();
    }
  }

  /** An answer, and who gave it: what is open there can be used there only. */
  private record Given<T>(SftpChannel by, T answer) {}

  /** A file that is open on one channel. */
  private final class SftpFile implements OpenFile {

    private final String path;
    private final Given<CloseableHandle> opened;

    private SftpFile(String path, Given<CloseableHandle> opened) {
      this.path = path;
      this.opened = opened;
    }

    @Override
    public int read(long offset, byte[] into, int start, int length) throws IOException {
      int count =
          ask(opened.by(), path, it -> it.read(opened.answer(), offset, into, start, length));
      counters.read(Math.max(0, count));
      // A server that gives nothing for ever is at the end, too.
      return count <= 0 ? -1 : count;
    }

    @Override
    public void close() {
      closeQuietly(opened, path);
    }
  }
}
