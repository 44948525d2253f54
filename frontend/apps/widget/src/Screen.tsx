import { AskCallbackScreen, CallbackScreen, CalledBackScreen } from './CallbackScreens.tsx';
import { CallScreen } from './CallScreen.tsx';
import { ChatScreen } from './Chat.tsx';
import { useWidget } from './context.ts';
import { DevicesScreen } from './DevicesScreen.tsx';
import { EndedScreen } from './EndedScreen.tsx';
import { KeypadScreen } from './Keypad.tsx';
import { MessageScreen, MessageSentScreen, RecordingScreen } from './MessageScreens.tsx';
import type { Words } from './queue-view.ts';
import type { ScreenName } from './screen.ts';
import {
  ClosedScreen,
  ElsewhereScreen,
  FailureScreen,
  LineCheckScreen,
  PermissionScreen,
  RestoringScreen,
  StartScreen,
} from './screens.tsx';
import type { Failure } from './view.ts';
import { KeptScreen, WaitingScreen } from './WaitingScreen.tsx';

interface ScreenProps {
  readonly name: ScreenName;
  readonly failure: Failure | undefined;
  /** When it is worth another try. */
  readonly again: Words | undefined;
  readonly soundBlocked: boolean;
  readonly unread: number;
  /** The visitor has tapped to hear. */
  readonly onTap: () => void;
  readonly onRetry: () => void;
  readonly onReset: () => void;
}

export function Screen({ name, failure, again, soundBlocked, unread, onTap, onRetry, onReset }: ScreenProps) {
  const { call } = useWidget().snapshot;
  switch (name) {
    case 'restoring':
      return <RestoringScreen />;
    case 'closed':
      return <ClosedScreen />;
    case 'askCallback':
      return <AskCallbackScreen />;
    case 'devices':
      return <DevicesScreen />;
    case 'chat':
      return <ChatScreen />;
    case 'keypad':
      return <KeypadScreen />;
    case 'lineCheck':
      return <LineCheckScreen />;
    case 'elsewhere':
      return <ElsewhereScreen />;
    case 'failure':
      return failure ? <FailureScreen failure={failure} again={again} onRetry={onRetry} onCancel={onReset} /> : null;
    default:
      break;
  }
  switch (call.phase) {
    case 'preparing':
      return <PermissionScreen call={call} />;
    case 'waiting':
      return name === 'kept' ? <KeptScreen call={call} /> : <WaitingScreen call={call} />;
    case 'ringing':
    case 'connecting':
      return <WaitingScreen call={call} />;
    case 'connected':
    case 'held':
    case 'reconnecting':
      return <CallScreen call={call} soundBlocked={soundBlocked} unread={unread} onTap={onTap} />;
    case 'callback':
      return name === 'calledBack' ? <CalledBackScreen call={call} /> : <CallbackScreen call={call} />;
    case 'voicemail': {
      const { recording } = call;
      if (recording.stage === 'sent') return <MessageSentScreen call={call} />;
      return recording.stage === 'recording' ? <RecordingScreen recording={recording} /> : <MessageScreen recording={recording} />;
    }
    case 'ended':
      return <EndedScreen call={call} />;
    default:
      return <StartScreen />;
  }
}
