import type { Profile as ProfileData } from "../../shared/agent";
import { Heading } from "../parts/heading";
import { Section } from "../settings/section";
import { PageSkeleton } from "../settings/skeleton";
import { useLoaded } from "../settings/use-loaded";
import "../settings/lists.css";
import "../settings/settings.css";
import { Failed } from "../shell/failed";
import { AvailableSection } from "./available";
import { NameSection } from "./name-section";
import { PasswordSection } from "./password-section";
import "./profile.css";
import { SessionsSection } from "./sessions-section";
import { TwoFactorSection } from "./two-factor-section";

/** Profile is what agents set for themselves. */
export function Profile() {
  const { data, setData, error, retry } = useLoaded<ProfileData>("/profile");
  return (
    <div className="settings-page profile">
      <div className="settings-body">
        <Heading title="Your profile">Your profile</Heading>
        <p className="soft">How visitors and colleagues see you, and how you sign in.</p>
        {error ? (
          <Failed text={error} retry={retry} />
        ) : data ? (
          <Body profile={data} set={setData} />
        ) : (
          <PageSkeleton />
        )}
      </div>
    </div>
  );
}

export interface PartProps {
  profile: ProfileData;
  set: (profile: ProfileData) => void;
}

function Body(props: PartProps) {
  return (
    <>
      <AvailableSection />
      <NameSection {...props} />
      {props.profile.has_password ? <PasswordSection {...props} /> : <NoPassword />}
      {props.profile.has_password && <TwoFactorSection {...props} />}
      <SessionsSection {...props} />
    </>
  );
}

function NoPassword() {
  return (
    <Section
      title="Password"
      text="You have none: you come in by single sign-on, and its provider asks for the second factor. For a password, too, use “Forgot your password?” on the sign-in page."
    />
  );
}
