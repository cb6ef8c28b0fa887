/** HTTP servers that stay available under attack: limits on connections, time and framing. */
package io.orchscope.http;
