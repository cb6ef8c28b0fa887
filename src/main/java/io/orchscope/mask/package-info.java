/**
 * What of an error stays when names, numbers and times are taken out, and which errors are alike.
 */
package io.orchscope.mask;
