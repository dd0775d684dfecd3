/** What mends a cause outside the person. */
export const cures = {
  people: '{n, plural, one {# person} other {# people}}',
  approve: 'Approve or reject',
  approveFor: 'Approve or reject<unseen> {whom}</unseen>',
  waitingList: 'See the waiting list',
  waitingListOf: 'See the waiting list<unseen> of {whom}</unseen>',
  map: 'Map {type}',
  mapAndRelease: 'Map {type}<unseen> and release {whom}</unseen>',
} as const;
