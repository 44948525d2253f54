import { Alert, Button, Loader, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './parts.tsx';
import { LanguageChoice } from './Settings.tsx';
import { type DemoPerson, type DeskSession, demoPeople, sessionOf, signInAs } from './session.ts';
import { roleText } from './words.ts';

interface SignInProps {
  /** The person was signed in, and the server has ended it. */
  readonly over: boolean;
  readonly onSignIn: (session: DeskSession) => void;
}

type Server = { readonly state: 'looking' | 'away' } | { readonly state: 'there'; readonly people: readonly DemoPerson[] };

export function SignIn({ over, onSignIn }: SignInProps) {
  const { t } = useTranslation();
  const [server, setServer] = useState<Server>({ state: 'looking' });
  const [token, setToken] = useState('');
  const [bad, setBad] = useState(false);

  const look = useCallback(() => {
    setServer({ state: 'looking' });
    demoPeople().then(
      (people) => setServer({ state: 'there', people: people ?? [] }),
      () => setServer({ state: 'away' }),
    );
  }, []);
  useEffect(look, [look]);

  const use = (text: string) => {
    const session = sessionOf(text);
    if (session) onSignIn(session);
    else setBad(true);
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    use(token);
  };
  const choose = (id: string) => signInAs(id).then(onSignIn, () => setServer({ state: 'away' }));

  return (
    <main className="sign-in">
      <Paper withBorder p={32} className="sign-in-card">
        <Stack gap="lg">
          <img src="favicon.svg" alt="CallDocker" width={48} height={48} />
          <Title order={1} size={24}>
            {t('signIn.title')}
          </Title>
          {over && <Alert icon={<Icon name="warning" />}>{t('signIn.over')}</Alert>}
          {server.state === 'looking' && (
            <Text c="dimmed">
              <Loader size="xs" me="xs" />
              {t('signIn.looking')}
            </Text>
          )}
          {server.state === 'away' && (
            <Alert icon={<Icon name="warning" />}>
              <Stack gap="sm" align="start">
                {t('signIn.noServer')}
                <Button variant="default" onClick={look}>
                  {t('signIn.retry')}
                </Button>
              </Stack>
            </Alert>
          )}
          {server.state === 'there' && server.people.length > 0 && (
            <Stack gap="xs">
              <Text>{t('signIn.demo')}</Text>
              {server.people.map((person) => (
                <Button
                  key={person.id}
                  variant="default"
                  size="lg"
                  justify="space-between"
                  rightSection={<Text c="dimmed">{roleText(t, person.role)}</Text>}
                  onClick={() => void choose(person.id)}
                >
                  {person.name}
                </Button>
              ))}
            </Stack>
          )}
          {server.state === 'there' && server.people.length === 0 && (
            <form onSubmit={submit}>
              <Stack gap="md">
                <PasswordInput
                  label={t('signIn.token')}
                  description={t('signIn.tokenHint')}
                  autoComplete="off"
                  spellCheck={false}
                  value={token}
                  error={bad && t('signIn.tokenBad')}
                  onChange={(event) => setToken(event.currentTarget.value)}
                />
                <Button type="submit" size="md" disabled={token.trim() === ''}>
                  {t('signIn.tokenButton')}
                </Button>
              </Stack>
            </form>
          )}
          <LanguageChoice />
        </Stack>
      </Paper>
    </main>
  );
}
