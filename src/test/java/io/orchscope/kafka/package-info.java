/** A broker of Kafka for tests. */
package io.orchscope.kafka;
