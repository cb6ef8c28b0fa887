/** A PostgreSQL server for tests. */
package io.orchscope.postgres;
