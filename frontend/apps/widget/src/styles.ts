import parts from '@calldocker/ui/parts.css?inline';
import tokens from '@calldocker/ui/tokens.css?inline';
import call from './call.css?inline';
import message from './message.css?inline';
import queue from './queue.css?inline';
import talk from './talk.css?inline';
import widget from './widget.css?inline';

/** All that is inside the shadow root. */
export const styles = tokens + parts + widget + call + queue + message + talk;
