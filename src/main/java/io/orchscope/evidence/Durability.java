package io.orchscope.evidence;

/** How much a kept folder survives. */
public enum Durability {
  /** A crash of the machine: files and folders are forced to the disk before they are in place. */
  FSYNC,
  /** A crash of the process only: for a laptop, or where the file system is in memory. */
  NONE
}
