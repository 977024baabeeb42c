export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Date writes a moment in about two microseconds, which a hundred thousand keys would feel. */
const datesByDay = new Map<number, string>();

/** `2024-05-07T07:08:12Z`, as API Gateway and Sub Account write a moment. */
export function formatUtc(time: number): string {
  return `${dateOf(time)}T${timeOfDay(time)}Z`;
}

/** `2024-09-03 09:36:40`, as NSML writes a moment: Korean time, and no zone to say so. */
export function formatKorean(time: number): string {
  const shifted = time + 9 * HOUR;
  return `${dateOf(shifted)} ${timeOfDay(shifted)}`;
}

function dateOf(time: number): string {
  const day = Math.floor(time / DAY);
  const date = datesByDay.get(day) ?? new Date(day * DAY).toISOString().slice(0, 10);
  datesByDay.set(day, date);
  return date;
}

function timeOfDay(time: number): string {
  const seconds = Math.floor((time % DAY) / SECOND);
  const minutes = Math.floor(seconds / 60);
  return `${pair(Math.floor(minutes / 60))}:${pair(minutes % 60)}:${pair(seconds % 60)}`;
}

function pair(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
