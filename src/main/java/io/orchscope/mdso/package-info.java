/** How MDSO speaks: tokens, pages of resources, polls. */
package io.orchscope.mdso;
