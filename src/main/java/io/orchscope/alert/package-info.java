/** Whom an occurrence is told, and in which words: alerts, rooms, and messages to Webex. */
package io.orchscope.alert;
