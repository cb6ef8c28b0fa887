/**
 * MDSO with its hosts and devices, Beorn and Webex in one process on loopback: what the demo shows
 * and what tests talk to.
 *
 * <p>It answers as domain.md says that the real ones answer, also to wrong calls; what it holds is
 * computed from a seed, so that two hundred thousand resources, and logs of gigabytes, need almost
 * no memory and no disk.
 */
package io.orchscope.simulator;
