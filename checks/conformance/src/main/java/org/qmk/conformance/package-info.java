/// Placeholder until the module's sources arrive.
package org.qmk.conformance;
