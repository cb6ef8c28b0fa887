/**
 * What stands between Camel and the rest: the tracer of steps, and the processors that routes call.
 */
package io.orchscope.step;
