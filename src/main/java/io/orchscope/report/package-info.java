/** What people see of the work as it happens. */
package io.orchscope.report;
