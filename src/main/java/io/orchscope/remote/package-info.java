/**
 * The systems that Orchscope calls over HTTP: MDSO, Beorn, Webex and the watchdog. One entry per
 * system with its address, its proxy, its Retry-After gate, its health and its path template.
 */
package io.orchscope.remote;
