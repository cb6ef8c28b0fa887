/**
 * What operators write: typed settings, files with line numbers, and mistakes that say their
 * remedy.
 */
package io.orchscope.settings;
