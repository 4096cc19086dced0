import loglevel from 'loglevel';

// What we use of matrix-js-sdk; bundled by itself, and loaded only for somebody who is signed in.
export { createClient, ClientEvent, PendingEventOrdering, type MatrixClient } from 'matrix-js-sdk/lib/matrix.js';
export type { RoomMessageEventContent } from 'matrix-js-sdk/lib/types.js';
export { HttpApiEvent, MatrixError } from 'matrix-js-sdk/lib/http-api/index.js';
export { EventStatus, MatrixEvent, MatrixEventEvent, type IEvent } from 'matrix-js-sdk/lib/models/event.js';
export { Direction } from 'matrix-js-sdk/lib/models/event-timeline.js';
export { TimelineWindow } from 'matrix-js-sdk/lib/timeline-window.js';
export { RoomEvent, type Room } from 'matrix-js-sdk/lib/models/room.js';
export { RoomStateEvent } from 'matrix-js-sdk/lib/models/room-state.js';
export { RoomMemberEvent } from 'matrix-js-sdk/lib/models/room-member.js';
export { MatrixScheduler } from 'matrix-js-sdk/lib/scheduler.js';
export { SlidingSync, SlidingSyncEvent, SlidingSyncState, type MSC3575RoomData } from 'matrix-js-sdk/lib/sliding-sync.js';

// What the library writes to the console names rooms and people.
loglevel.getLogger('matrix').setLevel('silent', false);
