@echo off
rem Starts CallDocker on Windows through WSL (Windows Subsystem for Linux). Options are those of start-servers.sh.
setlocal
where wsl.exe >nul 2>nul
if errorlevel 1 (
    echo CallDocker runs on Linux, and WSL, Windows' own way to run Linux programs, is not installed.
    echo Open PowerShell as administrator, run:   wsl --install -d Debian
    echo restart Windows, and start this file again.
    exit /b 1
)
wsl.exe -e true >nul 2>nul
if errorlevel 1 (
    echo WSL is here, but no Linux distribution in it can be started.
    echo Open PowerShell, run:   wsl --install -d Debian
    echo open Debian once from the start menu to make your user, and start this file again.
    exit /b 1
)
wsl.exe -e sh -c "command -v apt-get && command -v bash" >nul 2>nul
if errorlevel 1 (
    echo WSL's default distribution is not Debian: it has no apt-get.
    echo Open PowerShell, run:   wsl --install -d Debian
    echo then:                   wsl --set-default Debian
    echo and start this file again.
    exit /b 1
)
wsl.exe --cd "%~dp0." -e bash ./start-servers.sh %*
exit /b %errorlevel%
