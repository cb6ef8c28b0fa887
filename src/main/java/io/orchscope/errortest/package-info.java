/** What is tried out on an error once it has a name, and what that brought to light. */
package io.orchscope.errortest;
