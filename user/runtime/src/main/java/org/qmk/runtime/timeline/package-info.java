/// What one job did in each epoch of its run, and what made it wait.
package org.qmk.runtime.timeline;
