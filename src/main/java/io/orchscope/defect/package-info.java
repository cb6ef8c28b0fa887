/** From the words of a failure to a defect code that the organisation speaks. */
package io.orchscope.defect;
