/** What is kept of a circuit, so that a verdict can be explained and checked later. */
package io.orchscope.evidence;
