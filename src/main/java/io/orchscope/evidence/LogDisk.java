package io.orchscope.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What is done to the files of logs, as steps after each of which the process may die.
 *
 * @param hazard asked before each
 */
record LogDisk(Disk disk, Hazard hazard) {

  void makeFolders(Path folder) throws IOException {
    hazard.beforeAStep();
    disk.makeFolders(folder);
  }

  /** A file to write on, made if it is not there, cut to a length. */
  FileChannel open(Path file, long length) throws IOException {
    hazard.beforeAStep();
    FileChannel channel = disk.openToWrite(file);
    try {
      channel.truncate(length).position(length);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  void cut(FileChannel channel, long length) throws IOException {
    hazard.beforeAStep();
    channel.truncate(length);
  }

  void append(FileChannel channel, ByteBuffer bytes) throws IOException {
    hazard.beforeAStep();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  void force(FileChannel channel) throws IOException {
    hazard.beforeAStep();
    if (disk.durability() == Durability.FSYNC) {
      channel.force(true);
    }
  }

  /** Puts a file into the place of another, in one step; the folder is made if it is missing. */
  void move(Path file, Path target) throws IOException {
    Path folder = target.resolve("..").normalize();
    disk.makeFolders(folder);
    hazard.beforeAStep();
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    disk.force(folder);
  }

  /** Writes a file that is there as a whole or as it was before. */
  void replace(Path file, Path draft, byte[] bytes) throws IOException {
    delete(draft);
    hazard.beforeAStep();
    disk.write(draft, bytes);
    move(draft, file);
  }

  /** A second name for a file, or a copy where the file system knows no such thing. */
  void link(Path file, Path draft, Path name) throws IOException {
    delete(draft);
    hazard.beforeAStep();
    try {
      Files.createLink(draft, file);
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      Files.copy(file, draft);
    }
    move(draft, name);
  }

  void delete(Path file) throws IOException {
    hazard.beforeAStep();
    Files.deleteIfExists(file);
  }

  void deleteAll(Path folder) throws IOException {
    hazard.beforeAStep();
    Disk.deleteAll(folder);
  }
}
