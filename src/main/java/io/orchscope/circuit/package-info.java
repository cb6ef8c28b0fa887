/** The nouns that everything else speaks of: circuits, devices, products and resources. */
package io.orchscope.circuit;
