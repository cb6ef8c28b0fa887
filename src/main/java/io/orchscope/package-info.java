/** The program: main, and the wiring of everything that a route may call. */
package io.orchscope;
