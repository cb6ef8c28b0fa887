/** Where secrets stand in texts of other systems, and the texts without them. */
package io.orchscope.secret;
