import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

const CHECK_EVERY_MS = 10;

/**
 * kafkajs #1751: after every answer it starts a timer for the past (`throttledUntil` is −1 − now when nothing is throttled), which
 * Node ≥ 22 answers with a TimeoutNegativeWarning and any Node with a needless timer per request. Nothing waits then: no timer.
 */
RequestQueue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
  const throttledMs = this.throttledUntil - Date.now();
  if (this.throttleCheckTimeoutId || (this.pending.length === 0 && throttledMs <= 0)) return;
  this.throttleCheckTimeoutId = setTimeout(
    () => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    },
    throttledMs > 0 ? throttledMs : CHECK_EVERY_MS,
  );
};
