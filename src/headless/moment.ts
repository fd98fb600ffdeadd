export { absoluteTime, isoTime, moment, relativeTime } from '../main/moment-text.ts'
