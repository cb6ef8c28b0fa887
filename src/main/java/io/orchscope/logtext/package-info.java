/** What stands in the logs of scripts and resource adapters, and what of it nobody may keep. */
package io.orchscope.logtext;
