package dev.hearth.sync;

import dev.hearth.http.Requester;
import dev.hearth.identifier.UserId;

/// What is asked of one sync.
///
/// @param since where the last sync ended; [SyncToken#NOTHING] for an initial one
/// @param fullState whether the state of all joined rooms is wanted in full
/// @param stateBlock which state is wanted beside the timelines
record SyncRequest(
        Requester requester,
        SyncFilter filter,
        SyncToken since,
        boolean fullState,
        StateBlock stateBlock) {

    UserId user() {
        return requester.user();
    }

    boolean isInitial() {
        return since.position() == 0;
    }

    /// Which state comes beside a timeline, under which key.
    ///
    /// @spec https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3sync GET
    ///   /_matrix/client/v3/sync
    enum StateBlock {
        /// The state before the timeline.
        BEFORE("state"),
        /// The state after the timeline: the client doesn't apply the timeline itself.
        AFTER("state_after"),
        /// The same under the name that it had as MSC4222.
        AFTER_UNSTABLE("org.matrix.msc4222.state_after");

        private final String key;

        StateBlock(String key) {
            this.key = key;
        }

        String key() {
            return key;
        }

        boolean isAfter() {
            return this != BEFORE;
        }
    }
}
