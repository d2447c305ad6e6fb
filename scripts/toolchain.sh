# Finds a Java 25 and Maven for the other scripts, which source this file.
# What is missing and known to the system's package manager is installed after saying so; where it
# isn't known, one sentence names what to install and from where, and the script ends with 1.

java_version() { # the major version of the java given, or 0
    "$1" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1 | grep . || echo 0
}

# Sets JAVA_HOME to a home of Java 25 or later that has bin/$1 (java, or javac where a JDK is needed).
look_for_java() {
    local tool=$1 home candidates
    candidates=("${JAVA_HOME:-}")
    if command -v "$tool" >/dev/null 2>&1; then
        candidates+=("$(dirname "$(dirname "$(readlink -f "$(command -v "$tool")")")")")
    fi
    if [ -n "${HEARTH_JAVA_FOLDERS:-}" ]; then
        candidates+=($HEARTH_JAVA_FOLDERS)
    else
        candidates+=(/usr/lib/jvm/*25* /usr/lib/jvm/* /opt/java/* /opt/jdk* /opt/*25*)
        candidates+=("${HOME:-/root}"/.sdkman/candidates/java/* "${HOME:-/root}"/.jdks/*)
    fi
    for home in "${candidates[@]}"; do
        [ -n "$home" ] && [ -x "$home/bin/$tool" ] && [ -x "$home/bin/java" ] || continue
        if [ "$(java_version "$home/bin/java")" -ge 25 ] 2>/dev/null; then
            export JAVA_HOME=$home
            return 0
        fi
    done
    return 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Installs a package with apt if apt knows it and we may; answers 1 otherwise.
install_package() {
    local package=$1
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" = 0 ] || command -v sudo >/dev/null 2>&1 || return 1
    if ! apt-cache show "$package" >/dev/null 2>&1; then
        echo "Hearth needs $package: asking the package manager whether it knows it ..." >&2
        as_root apt-get update -qq >&2 || return 1
        apt-cache show "$package" >/dev/null 2>&1 || return 1
    fi
    echo "Installing $package ..." >&2
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$package" >&2
}

need_java() { # java or javac
    look_for_java "$1" && return 0
    if install_package openjdk-25-jdk-headless && look_for_java "$1"; then
        return 0
    fi
    echo "Hearth needs Java 25, and this system's package manager doesn't have it:" \
        "install Temurin JDK 25 from https://adoptium.net, or unpack any JDK 25 and set JAVA_HOME to its folder." >&2
    exit 1
}

need_maven() {
    command -v mvn >/dev/null 2>&1 && return 0
    install_package maven && command -v mvn >/dev/null 2>&1 && return 0
    echo "Hearth needs Maven to be built, and this system's package manager doesn't have it:" \
        "install it from https://maven.apache.org/install.html, so that mvn is on the PATH." >&2
    exit 1
}

# Only the test with a real client asks for it.
need_npm() {
    command -v npm >/dev/null 2>&1 && return 0
    install_package npm && command -v npm >/dev/null 2>&1 && return 0
    echo "The test with a real client needs npm, and this system's package manager doesn't have it:" \
        "install Node.js from https://nodejs.org, so that npm is on the PATH." >&2
    exit 1
}

# Maven on Java 25, quiet about what its own libraries do.
maven() {
    MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" mvn -B -ntp "$@"
}
