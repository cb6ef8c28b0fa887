/** Which devices carry a circuit, and which resource adapter looks after each of them. */
package io.orchscope.topology;
