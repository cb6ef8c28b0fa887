/**
 * Which of many regular expressions is the first that a text holds, at a cost that many do not
 * raise.
 */
package io.orchscope.match;
